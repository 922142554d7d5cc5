package dev.weir.store;

/**
 * How the values of a collection are written as bytes: the port through which further formats come.
 *
 * <p>Implementations are stateless and may be called from any thread.
 */
public interface ValueFormat {

  /** Stable name in definitions: {@code json}, {@code string}, {@code bytes}. */
  String name();

  /** Media type of the bare value over HTTP. */
  String contentType();

  /**
   * Checks bytes that came from outside and brings them into the stored form.
   *
   * @return the stored form, often {@code raw} itself
   * @throws InvalidValueException if they are not a value of this format
   */
  byte[] accept(byte[] raw) throws InvalidValueException;

  /** The stored form as JSON text in UTF-8, for answers that embed values in JSON. */
  byte[] toJson(byte[] stored);

  /**
   * The stored form of a JSON value in UTF-8, for requests that embed values in JSON.
   *
   * @throws InvalidValueException if the JSON cannot be a value of this format
   */
  byte[] fromJson(byte[] json) throws InvalidValueException;
}
