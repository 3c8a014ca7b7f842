//! Decisions on small projects: each row of the language's table, both sides of every boundary, and what explanations say.

mod world;

use world::World;

#[test]
fn an_approved_app_with_held_scopes_is_allowed() {
    let world = World::standard(
        "
        developer contoso { kind third-party }
        app gong { developer contoso  listing listed  stage published  managed-by user  scopes meeting:read }
        group sales { ana@x.example }
        approve gong for group sales because \"SEC-1\"
        group others { bo@x.example }
        ",
    );
    assert!(world.allows("ana@x.example", "gong"));
    assert_eq!(world.codes("bo@x.example", "gong"), ["approval-required"]);
    assert_eq!(world.json("ana@x.example", "gong")["grounds"][1]["role"], "member");
}
