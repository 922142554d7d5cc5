package dev.weir.chaos.load;

import dev.weir.chaos.Call;
import dev.weir.chaos.Level;
import java.util.Locale;

/**
 * A call of a document.
 *
 * @param key of the document
 * @param call to make
 * @param etag that a swap expects; empty = there must be no document
 * @param token of the position that the client has seen, or empty
 * @param write on what terms a write is made
 * @param wire by which the call is made
 */
record Request(String key, Call call, String etag, String token, Terms write, Wire wire) {

  /**
   * Terms of a write.
   *
   * @param once an idempotency key, or empty
   * @param replicated whether it is answered only once a standby has it
   */
  record Terms(String once, boolean replicated) {
    static final Terms PLAIN = new Terms("", false);
  }

  /** The level of a read as nodes are asked for it; empty for writes. */
  String level() {
    if (!(call instanceof Call.Read read)) {
      return "";
    }
    String name = read.level().kind().name().toLowerCase(Locale.ROOT);
    return read.level().kind() == Level.Kind.BOUNDED
        ? name + ";max-age=" + read.level().boundNanos() / 1_000_000 + "ms"
        : name;
  }

  /** The document that a put or a swap makes, or the patch that a patch brings, as JSON. */
  String body() {
    return call instanceof Call.Patch
        ? "{\"v\":" + call.value() + "}"
        : "{\"p\":" + call.value() + ",\"v\":" + call.value() + "}";
  }
}
