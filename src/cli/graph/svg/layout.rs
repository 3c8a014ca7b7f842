//! Where the boxes stand: columns from left to right, each edge leading to the right where the graph has no cycle.
//!
//! The method is the layered one of Sugiyama, Tagawa and Toda (1981) without its dummy nodes: columns by longest path, and an order in each
//! column by the mean height of the neighbours, a few sweeps in each direction.

use crate::graph::Picture;

/// The height of a box.
pub(super) const HEIGHT: f64 = 38.0;
/// The room between two boxes of a column.
const GAP: f64 = 14.0;
/// The room between two columns.
const AISLE: f64 = 96.0;
/// The room around the picture.
pub(super) const MARGIN: f64 = 16.0;
/// How often the order of the columns is improved, there and back.
const SWEEPS: usize = 6;

/// Where a box stands: its left upper corner and its width.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Place {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
}

/// All boxes, in the order of the picture's nodes, and how large the picture is.
#[derive(Clone, Debug, Default)]
pub(super) struct Layout {
    pub(super) places: Vec<Place>,
    pub(super) width: f64,
    pub(super) height: f64,
}

/// Lays out a picture whose boxes have these widths.
pub(super) fn layout(picture: &Picture, widths: &[f64]) -> Layout {
    let column_of = columns(picture);
    let mut columns: Vec<Vec<usize>> = vec![Vec::new(); column_of.iter().max().map_or(0, |last| last + 1)];
    for (node, &column) in column_of.iter().enumerate() {
        if let Some(column) = columns.get_mut(column) {
            column.push(node);
        }
    }
    let mut places = vec![Place::default(); widths.len()];
    let mut x = MARGIN;
    for column in &columns {
        let width =
            column.iter().filter_map(|&node| widths.get(node)).fold(0.0_f64, |most, &one| most.max(one));
        for &node in column {
            if let (Some(place), Some(&own)) = (places.get_mut(node), widths.get(node)) {
                *place = Place { x: x + (width - own) / 2.0, y: 0.0, width: own };
            }
        }
        x += width + AISLE;
    }
    let tallest = columns.iter().map(Vec::len).max().unwrap_or(0);
    stack(&columns, tallest, &mut places);
    let neighbours = neighbours(picture, widths.len());
    for sweep in 0..SWEEPS {
        for at in 0..columns.len() {
            let at = if sweep % 2 == 0 { at } else { columns.len() - 1 - at };
            if let Some(column) = columns.get_mut(at) {
                sort(column, &neighbours, &places);
            }
            stack(&columns, tallest, &mut places);
        }
    }
    Layout { places, width: (x - AISLE + MARGIN).max(2.0 * MARGIN), height: stacked(tallest) + 2.0 * MARGIN }
}

/// The column of each node: one more than the furthest of those that lead to it. Where edges go in a circle, the first node is cut loose.
fn columns(picture: &Picture) -> Vec<usize> {
    let count = picture.nodes.len();
    let mut next: Vec<Vec<usize>> = vec![Vec::new(); count];
    let mut waits = vec![0_usize; count];
    for edge in picture.edges.iter().filter(|edge| edge.from != edge.to) {
        if let (Some(from), Some(wait)) = (next.get_mut(edge.from), waits.get_mut(edge.to)) {
            from.push(edge.to);
            *wait += 1;
        }
    }
    let mut column = vec![0_usize; count];
    let mut done = vec![false; count];
    let mut ready: Vec<usize> = (0..count).rev().filter(|&node| waits.get(node) == Some(&0)).collect();
    let mut loose = 0..count;
    while let Some(node) = ready.pop().or_else(|| loose.find(|&node| done.get(node) == Some(&false))) {
        if done.get(node) != Some(&false) {
            continue;
        }
        if let Some(done) = done.get_mut(node) {
            *done = true;
        }
        let own = column.get(node).copied().unwrap_or(0);
        for &to in next.get(node).into_iter().flatten() {
            if done.get(to) != Some(&false) {
                continue;
            }
            if let (Some(far), Some(wait)) = (column.get_mut(to), waits.get_mut(to)) {
                *far = (*far).max(own + 1);
                *wait = wait.saturating_sub(1);
                if *wait == 0 {
                    ready.push(to);
                }
            }
        }
    }
    pull(&next, column)
}

/// Brings what nothing leads to next to the nearest thing it leads to, instead of leaving all of it in the first column.
fn pull(next: &[Vec<usize>], mut column: Vec<usize>) -> Vec<usize> {
    for (node, to) in next.iter().enumerate() {
        let nearest = to.iter().filter_map(|&to| column.get(to).copied()).min();
        if let (Some(own), Some(nearest)) = (column.get_mut(node), nearest)
            && *own == 0
        {
            *own = nearest.saturating_sub(1);
        }
    }
    column
}

/// The nodes at the other ends of each node's edges.
fn neighbours(picture: &Picture, count: usize) -> Vec<Vec<usize>> {
    let mut neighbours = vec![Vec::new(); count];
    for edge in &picture.edges {
        for (one, other) in [(edge.from, edge.to), (edge.to, edge.from)] {
            if let Some(list) = neighbours.get_mut(one) {
                list.push(other);
            }
        }
    }
    neighbours
}

/// Orders a column by the mean height of each box's neighbours; a box without any stays where it is.
fn sort(column: &mut [usize], neighbours: &[Vec<usize>], places: &[Place]) {
    let height = |node: usize| places.get(node).map_or(0.0, |place| place.y);
    let mean = |node: usize| match neighbours.get(node).map_or(&[][..], Vec::as_slice) {
        [] => height(node),
        some => some.iter().map(|&other| height(other)).sum::<f64>() / some.len() as f64,
    };
    column.sort_by(|&a, &b| mean(a).total_cmp(&mean(b)));
}

/// Puts the boxes of each column one above the other, the column in the middle of the picture.
fn stack(columns: &[Vec<usize>], tallest: usize, places: &mut [Place]) {
    for column in columns {
        let mut y = MARGIN + (stacked(tallest) - stacked(column.len())) / 2.0;
        for &node in column {
            if let Some(place) = places.get_mut(node) {
                place.y = y;
            }
            y += HEIGHT + GAP;
        }
    }
}

/// How tall so many boxes are.
fn stacked(boxes: usize) -> f64 {
    (boxes as f64 * (HEIGHT + GAP) - GAP).max(0.0)
}
