package parley.checker;

/** A rule that was broken, and by what. */
public record Violation(Rule rule, String detail) {}
