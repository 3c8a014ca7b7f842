//! Conditions over every attribute with every operator.

use super::Generator;
use crate::random_projects::vocabulary::PATTERNS;
use crate::reference::project::{Condition, Members, Operand, ScopeTerm, Test, Type, Value};

/// What a condition may ask about.
#[derive(Clone, PartialEq)]
enum Kind {
    /// A declared attribute, or a built-in one of a fixed type.
    Scalar(Type),
    Scopes,
    Roles,
    Groups,
}

impl Generator<'_> {
    /// A condition with this chance; about users too, or about apps alone.
    pub(super) fn maybe_condition(&mut self, percent: u8, users: bool) -> Option<Condition> {
        self.dice.chance(percent).then(|| self.condition(2, users))
    }

    fn condition(&mut self, depth: u8, users: bool) -> Condition {
        if depth == 0 || self.dice.chance(45) {
            return self.test(users);
        }
        let count = self.dice.number(2, 3);
        match self.dice.number(0, 4) {
            0 => Condition::Not(Box::new(self.condition(depth - 1, users))),
            1 | 2 => Condition::And((0..count).map(|_| self.condition(depth - 1, users)).collect()),
            _ => Condition::Or((0..count).map(|_| self.condition(depth - 1, users)).collect()),
        }
    }

    /// Everything a condition may ask about.
    fn subjects(&self, users: bool) -> Vec<(String, Kind)> {
        let one_of = |choices: &[&str]| {
            let choices = choices.iter().map(|choice| (*choice).to_owned()).collect();
            Kind::Scalar(Type::OneOf { choices, ordered: false })
        };
        let mut subjects = vec![
            ("app.id", Kind::Scalar(Type::Text)),
            ("app.developer", Kind::Scalar(Type::Text)),
            ("app.developer-kind", one_of(&["zoom", "internal", "third-party"])),
            ("app.listing", one_of(&["listed", "unlisted"])),
            ("app.stage", one_of(&["published", "beta", "development", "private"])),
            ("app.managed-by", one_of(&["user", "admin"])),
            ("app.scopes", Kind::Scopes),
            ("app.required-scopes", Kind::Scopes),
            ("app.optional-scopes", Kind::Scopes),
        ];
        if users {
            subjects.push(("user.email", Kind::Scalar(Type::Text)));
            subjects.push(("user.domain", Kind::Scalar(Type::Text)));
            subjects.push(("user.roles", Kind::Roles));
            if !self.group_names().is_empty() {
                subjects.push(("user.groups", Kind::Groups));
            }
        }
        let mut subjects: Vec<(String, Kind)> =
            subjects.into_iter().map(|(name, kind)| (name.to_owned(), kind)).collect();
        for declared in &self.own.attributes {
            if users || declared.owner != "user" {
                // Twice: declared attributes matter as much as the built-in ones.
                let subject =
                    (format!("{}.{}", declared.owner, declared.name), Kind::Scalar(declared.ty.clone()));
                subjects.push(subject.clone());
                subjects.push(subject);
            }
        }
        subjects
    }

    fn test(&mut self, users: bool) -> Condition {
        let subjects = self.subjects(users);
        let (subject, kind) = self.dice.one(&subjects);
        let test = match &kind {
            Kind::Scalar(ty) => self.scalar_test(&subject, ty, &subjects),
            Kind::Scopes => self.scope_test(),
            Kind::Roles => {
                let roles = self.role_names();
                self.name_test(&roles)
            }
            Kind::Groups => {
                let groups = self.group_names();
                self.name_test(&groups)
            }
        };
        Condition::Test(subject, test)
    }

    fn scope_test(&mut self) -> Test {
        match self.dice.number(0, 4) {
            0..2 => Test::AnyIn(Members::Scopes(self.scope_terms(1, 3))),
            2 => Test::AllIn(Members::Scopes(self.scope_terms(1, 4))),
            3 => Test::Contains(self.dice.one(&crate::random_projects::vocabulary::scopes())),
            _ => Test::AnyIn(Members::Scopes(vec![ScopeTerm::Pattern(self.dice.pick(&PATTERNS).to_owned())])),
        }
    }

    fn name_test(&mut self, names: &[String]) -> Test {
        match self.dice.number(0, 2) {
            0 => Test::AnyIn(Members::Names(self.dice.some(names, 1, 2))),
            1 => Test::AllIn(Members::Names(self.dice.some(names, 1, 4))),
            _ => Test::Contains(self.dice.one(names)),
        }
    }

    fn scalar_test(&mut self, subject: &str, ty: &Type, subjects: &[(String, Kind)]) -> Test {
        let ordered = match ty {
            Type::Number | Type::Date => true,
            Type::OneOf { ordered, .. } => *ordered,
            Type::Text | Type::Flag => false,
        };
        if *ty == Type::Flag && self.dice.chance(60) {
            return Test::Flag;
        }
        let operand = self.operand(subject, ty, subjects);
        match self.dice.number(0, 9) {
            0..4 if ordered => Test::Compare(self.dice.pick(&["<", "<=", ">", ">="]), operand),
            0..6 => Test::Is(operand),
            6..8 => Test::IsNot(operand),
            _ => {
                let mut operands = vec![operand];
                if self.dice.chance(60) {
                    operands.push(self.operand(subject, ty, subjects));
                }
                Test::In(operands)
            }
        }
    }

    fn operand(&mut self, subject: &str, ty: &Type, subjects: &[(String, Kind)]) -> Operand {
        if *ty == Type::Date && self.dice.chance(40) {
            return Operand::Today;
        }
        if self.dice.chance(25) {
            let same: Vec<String> = subjects
                .iter()
                .filter(|(name, kind)| name != subject && *kind == Kind::Scalar(ty.clone()))
                .map(|(name, _)| name.clone())
                .collect();
            if !same.is_empty() {
                return Operand::Attribute(self.dice.one(&same));
            }
        }
        let name = match subject {
            "app.id" => self.dice.one(&self.own.apps).id,
            "app.developer" => self.dice.one(&self.own.developers).id,
            // In a block, an address that no facts know would be an error.
            "user.email" => self.dice.one(&self.own.users).email,
            "user.domain" => self.dice.pick(&["a.example", "B.example", "sub.a.example"]).to_owned(),
            _ => return Operand::Value(self.value(ty)),
        };
        Operand::Value(Value::Word(name))
    }
}
