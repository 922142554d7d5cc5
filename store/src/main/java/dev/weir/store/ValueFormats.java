package dev.weir.store;

import java.util.List;

/** The value formats of this build, by name. */
public final class ValueFormats {

  private static final List<ValueFormat> ALL =
      List.of(new JsonFormat(), new StringFormat(), new BytesFormat());
  private static final List<String> NAMES = ALL.stream().map(ValueFormat::name).toList();

  private ValueFormats() {}

  /** Their names. */
  public static List<String> names() {
    return NAMES;
  }

  /**
   * The format of this name.
   *
   * @throws IllegalArgumentException with the known names, if there is none; {@link
   *     DefinitionReader} lets no such name into a definition
   */
  public static ValueFormat of(String name) {
    for (ValueFormat format : ALL) {
      if (format.name().equals(name)) {
        return format;
      }
    }
    throw new IllegalArgumentException(
        Fault.unknown("", "value format", name, NAMES)
            + " (known: "
            + String.join(", ", NAMES)
            + ")");
  }
}
