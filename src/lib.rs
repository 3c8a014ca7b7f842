//! **admit** is policy as code for app marketplaces: which user may install which app, checked, decided and explained.
//!
//! The library is a compiler whose stages each return a value and add to one list of diagnostics. `ARCHITECTURE.md` is the map; the
//! modules below stand in the order of their layers, and a module uses only modules of lower layers.

pub mod terms;
pub mod text;
mod threads;

pub mod decision;
pub mod diagnostics;
pub mod program;

pub mod eval;
pub mod facts;
pub mod library;
pub mod report;
pub mod syntax;

pub mod census;
pub mod format;
pub mod model;

pub mod graph;

pub mod check;
pub mod lint;

pub mod compile;

pub mod project;

pub mod fix;
pub mod suite;

pub mod cli;
