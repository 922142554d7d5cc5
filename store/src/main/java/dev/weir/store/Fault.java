package dev.weir.store;

import java.util.Collection;

/**
 * What is wrong with something that a person wrote, at one place of it.
 *
 * @param path where, such as {@code sources[2].key.fields}; empty = the whole
 * @param problem what is wrong there
 * @param advice what to do
 */
public record Fault(String path, String problem, String advice) {

  /** A name that is none of {@code known}; advises the one it was probably meant to be. */
  public static Fault unknown(String path, String what, String name, Collection<String> known) {
    return new Fault(
        path, "unknown " + what + " " + Unfit.excerpt(name), Suggestion.advice(name, known));
  }

  /** A name of something that users declare, and that is none of those they have declared. */
  public static Fault undeclared(
      String path, String what, String name, Collection<String> declared) {
    return declared.isEmpty()
        ? new Fault(
            path,
            "unknown " + what + " " + Unfit.excerpt(name),
            "there is no " + what + " yet, declare it first")
        : unknown(path, what, name, declared);
  }

  /** The same fault, seen from further outside. */
  public Fault under(String outer) {
    boolean joined = path.isEmpty() || path.startsWith("[") || outer.isEmpty();
    return new Fault(joined ? outer + path : outer + "." + path, problem, advice);
  }

  /** All of it in one line. */
  @Override
  public String toString() {
    return (path.isEmpty() ? "" : path + ": ") + problem + ": " + advice;
  }
}
