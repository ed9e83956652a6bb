//! `book [FOLDER]`: builds the book there, or in target/book.

fn main() -> anyhow::Result<()> {
    let to = std::env::args_os().nth(1).map_or_else(|| book::root().join("target/book"), Into::into);
    book::build(book::root(), &to)?;
    println!("{}", to.join("index.html").display());
    Ok(())
}
