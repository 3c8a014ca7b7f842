//! Days as single numbers.

use crate::text::Date;

/// A day as a number that orders by time: cheaper to store and compare than a calendar day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Day(i32);

impl Day {
    /// Before every day.
    pub(crate) const ALWAYS_WAS: Self = Self(i32::MIN);
    /// After every day.
    pub(crate) const ALWAYS_WILL_BE: Self = Self(i32::MAX);

    /// The calendar day; `None` for the two ends of time.
    pub(crate) fn date(self) -> Option<Date> {
        let part = |value: i32| i8::try_from(value).ok();
        let year = i16::try_from(self.0.checked_div_euclid(512)?).ok()?;
        Date::new(year, part(self.0.rem_euclid(512) / 32)?, part(self.0.rem_euclid(32))?)
    }
}

impl From<Date> for Day {
    #[inline]
    fn from(date: Date) -> Self {
        let (year, month, day) = date.parts();
        // A month has at most 31 days and a year at most 12 months: five bits and four.
        Self(i32::from(year) * 512 + i32::from(month) * 32 + i32::from(day))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_keep_their_order_and_come_back() {
        let dates: Vec<Date> =
            ["0000-01-01", "2026-11-30", "2026-12-01", "2026-12-31", "2027-01-01", "9999-12-31"]
                .map(|text| Date::parse(text).unwrap())
                .to_vec();
        let days: Vec<Day> = dates.iter().map(|&date| date.into()).collect();
        assert!(days.is_sorted());
        assert!(Day::ALWAYS_WAS < days[0] && days[5] < Day::ALWAYS_WILL_BE);
        assert_eq!(days.iter().map(|day| day.date()).collect::<Option<Vec<_>>>(), Some(dates));
        assert_eq!((Day::ALWAYS_WAS.date(), Day::ALWAYS_WILL_BE.date()), (None, None));
    }
}
