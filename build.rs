//! Bakes the bundled library into the program.

fn main() {
    println!("cargo::rerun-if-changed=policies/zoom");
}
