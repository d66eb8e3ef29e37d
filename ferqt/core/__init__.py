"""Types and small algorithms that every other part of ferqt shares; numpy only, no Qt."""
