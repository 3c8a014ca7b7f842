//! The `admit` command.

fn main() -> std::process::ExitCode {
    admit::cli::main()
}
