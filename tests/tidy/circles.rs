//! Which files of a crate import each other, directly or in a longer circle: read from the `use` lines and the paths, also
//! those in links of doc comments.

use proc_macro2::TokenStream;
use proc_macro2::TokenTree::{self, Group, Ident, Literal, Punct};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fs::read_to_string;
use std::path::{Path, PathBuf};
use verifier::files;

/// A path of names from the crate's root: `crate::number::show` is `["number", "show"]`.
type Names = Vec<String>;

/// What each file imports from other files of its crate.
type Imports<'a> = BTreeMap<&'a Path, BTreeSet<&'a Path>>;

/// One line for each circle in the crates below `folder`; a lib.rs or a main.rs is a crate's root.
pub fn circles(folder: &Path) -> Vec<String> {
    let all = files(folder, ".rs").unwrap();
    let is_root = |file: &&PathBuf| file.ends_with("lib.rs") || file.ends_with("main.rs");
    let roots: BTreeSet<&Path> = all.iter().filter(is_root).filter_map(|file| file.parent()).collect();
    let mut found = BTreeMap::new();
    for root in roots {
        let sources: Vec<Source> = all.iter().filter_map(|file| Source::read(file, root)).collect();
        let imports = imports(&sources);
        for circle in imports.keys().filter_map(|file| shortest_circle(file, &imports)) {
            let names: Vec<_> =
                circle.iter().map(|file| file.strip_prefix(folder).unwrap().to_string_lossy()).collect();
            found.entry(names.iter().cloned().collect::<BTreeSet<_>>()).or_insert(names.join(" → "));
        }
    }
    found.into_values().collect()
}

/// A file: its module, the paths that it names, and what its `use` lines call which path.
struct Source<'a> {
    file: &'a Path,
    module: Names,
    paths: Vec<Names>,
    /// Those in doc comments.
    links: Vec<Names>,
    uses: Vec<(Names, Names)>,
}

impl<'a> Source<'a> {
    fn read(file: &'a Path, root: &Path) -> Option<Source<'a>> {
        let mut module: Names =
            file.strip_prefix(root).ok()?.with_extension("").iter().map(|name| name.to_string_lossy().into()).collect();
        module.pop_if(|name| ["lib", "main", "mod"].contains(&name.as_str()));
        let mut source = Source { file, module: module.clone(), paths: vec![], links: vec![], uses: vec![] };
        source.scan(read_to_string(file).unwrap().parse().unwrap(), &module);
        Some(source)
    }

    fn scan(&mut self, tokens: TokenStream, module: &[String]) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut rest = &tokens[..];
        loop {
            rest = match rest {
                [] => return,
                [Ident(word), Ident(name), Group(body), rest @ ..] if word == "mod" => {
                    // Unit tests may come in by the crate's front door.
                    if name != "tests" {
                        self.scan(body.stream(), &[module, &[name.to_string()]].concat());
                    }
                    rest
                }
                [Ident(word), rest @ ..] if word == "use" => {
                    let (tree, rest) = rest.split_at(rest.iter().position(|token| is(token, ';')).unwrap_or(0));
                    self.scan_use(tree, vec![], module);
                    rest
                }
                [Ident(word), Ident(_), rest @ ..] if word == "mod" => rest,
                [Ident(word), sign, Literal(text), rest @ ..] if word == "doc" && is(sign, '=') => {
                    for link in text.to_string().split("crate::").skip(1) {
                        let end = link.find(|c: char| !(c.is_alphanumeric() || "_:".contains(c))).unwrap_or(link.len());
                        self.links.push(link[..end].split("::").map(String::from).collect());
                    }
                    rest
                }
                // A field or a method.
                [dot, Ident(_), rest @ ..] if is(dot, '.') => rest,
                // What is visible to whom names nothing: `pub(crate)`.
                [Ident(word), Group(_), rest @ ..] if word == "pub" => rest,
                [Ident(first), after @ ..] => {
                    let (mut path, mut after) = (vec![first.to_string()], after);
                    while let [a, b, Ident(next), rest @ ..] = after
                        && is(a, ':')
                        && is(b, ':')
                    {
                        path.push(next.to_string());
                        after = rest;
                    }
                    self.paths.push(absolute(&path, module));
                    after
                }
                [Group(group), rest @ ..] => {
                    self.scan(group.stream(), module);
                    rest
                }
                [_, rest @ ..] => rest,
            }
        }
    }

    /// `a::{b, c as d}` names `a::b`, and calls `a::c` d.
    fn scan_use(&mut self, tree: &[TokenTree], mut path: Names, module: &[String]) {
        let mut name = None;
        for token in tree {
            match token {
                Ident(word) if word == "as" => name = path.last().cloned(),
                Ident(word) if name.is_some() => name = Some(word.to_string()),
                Ident(word) => path.push(word.to_string()),
                Group(group) => {
                    let branches: Vec<TokenTree> = group.stream().into_iter().collect();
                    let branches = branches.split(|token| is(token, ',')).filter(|tree| !tree.is_empty());
                    return branches.for_each(|tree| self.scan_use(tree, path.clone(), module));
                }
                token if is(token, '*') => path.push("*".into()),
                _ => {}
            }
        }
        path.pop_if(|last| last == "self");
        if let Some(name) = name.or(path.last().cloned()) {
            self.uses.push(([module, &[name]].concat(), absolute(&path, module)));
        }
    }
}

fn is(token: &TokenTree, sign: char) -> bool {
    matches!(token, Punct(punct) if punct.as_char() == sign)
}

fn absolute(path: &[String], module: &[String]) -> Names {
    let mut names = if path[0] == "crate" { vec![] } else { module.to_vec() };
    for name in path {
        match name.as_str() {
            "crate" | "self" => {}
            "super" => _ = names.pop(),
            _ => names.push(name.clone()),
        }
    }
    names
}

fn imports<'a>(sources: &[Source<'a>]) -> Imports<'a> {
    // Of lib.rs and main.rs in one folder, lib.rs is the root.
    let modules: BTreeMap<&[String], &'a Path> = sources.iter().rev().map(|s| (&s.module[..], s.file)).collect();
    let aliases: BTreeMap<&[String], &Names> =
        sources.iter().flat_map(|source| &source.uses).map(|(name, path)| (&name[..], path)).collect();
    // The module that defines what a path names, through the `use` lines that it passes.
    let definer = |path: &Names| -> &[String] {
        let mut path = path.clone();
        for _ in 0..9 {
            let alias = (1..=path.len()).find_map(|n| Some((n, aliases.get(&path[..n])?)));
            let Some((n, target)) = alias else { break };
            path = [target, &path[n..]].concat();
        }
        let module = (0..=path.len()).rev().find_map(|n| modules.get_key_value(&path[..n]));
        module.expect("the root is a module").0
    };
    let of = |source: &Source<'a>| {
        // A bare word is no path to a module, but may be what a `use` line calls something.
        let bare = |path: &Names| path.strip_prefix(&source.module[..]).is_some_and(|rest| rest.len() == 1);
        let named = source.paths.iter().filter(|path| !bare(path) || aliases.contains_key(&path[..])).map(definer);
        // A list of modules only passes on what is below it, unless it names that again.
        let used = source.uses.iter().map(|(_, path)| definer(path)).filter(|m| !m.starts_with(&source.module));
        // The crate's own items are its reader's, and every doc comment may lead there.
        let linked = source.links.iter().map(definer).filter(|module| !module.is_empty());
        let files: BTreeSet<&'a Path> = named.chain(used).chain(linked).map(|module| modules[module]).collect();
        (source.file, files.into_iter().filter(|file| *file != source.file).collect())
    };
    sources.iter().map(of).collect()
}

fn shortest_circle<'a>(start: &'a Path, imports: &Imports<'a>) -> Option<Vec<&'a Path>> {
    let mut open = VecDeque::from([vec![start]]);
    let mut seen = BTreeSet::new();
    while let Some(way) = open.pop_front() {
        for &next in &imports[way[way.len() - 1]] {
            let way = [&way[..], &[next]].concat();
            if next == start {
                return Some(way);
            }
            if seen.insert(next) {
                open.push_back(way);
            }
        }
    }
    None
}

#[test]
fn circles_are_found_and_a_list_of_modules_is_none() {
    let folder = tempfile::tempdir().unwrap();
    let write = |file: &str, text: &str| {
        let file = folder.path().join(file);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, text).unwrap();
    };
    write("clean/lib.rs", "//! [`crate::a`]\nmod a; pub mod b;\npub use a::A; pub use b::*; fn f() { a::f() }");
    write("clean/a.rs", "use crate::{b::{self, c::C as D},}; // use crate::c;\npub(crate) struct A; pub fn f() {}");
    write("clean/b.rs", "mod c; pub use c::C; #[cfg(test)] mod tests { use crate::a::A; }");
    write("clean/b/c.rs", "pub struct C { a: u8 } const S: &str = \"crate::A\"; fn f(c: C) { c.a.b(); }");
    assert_eq!(circles(folder.path()), [""; 0]);

    write("pair/lib.rs", "mod a; mod b; pub use a::A;");
    write("pair/a.rs", "pub struct A; fn f() { assert!(super::b::g()); }");
    write("pair/b.rs", "use crate::A; fn g(_: A) {}");
    write("long/main.rs", "mod a; mod b; mod c; use c::run; fn main() { run() }");
    write("long/a.rs", "use {crate::b::{B}, std::fs}; fn f(main: u8) {}");
    write("long/b.rs", "pub mod d; fn f(d: u8) -> u8 { d }");
    write("long/b/d.rs", "use super::super::c as e; fn f() { e::run() }");
    write("long/c.rs", "use crate::{a, b::d}; pub fn run() { crate::main() }");
    write("docs/lib.rs", "mod a; mod b; pub fn f() {}");
    write("docs/a.rs", "/// See [`b`](crate::b), and [`f`](crate::f).\npub struct A;");
    write("docs/b.rs", "use crate::a::A; fn g(_: A) {}");
    let found = circles(folder.path());
    let wanted = [
        "docs/a.rs → docs/b.rs → docs/a.rs",
        "long/b/d.rs → long/c.rs → long/b/d.rs",
        "long/main.rs → long/c.rs → long/main.rs",
        "pair/a.rs → pair/b.rs → pair/a.rs",
    ];
    assert_eq!(found, wanted);
}
