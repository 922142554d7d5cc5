package dev.weir.chaos.load;

import dev.weir.chaos.Answer;

/**
 * An answer and what came with it.
 *
 * @param answer for the history
 * @param etag of the document, or empty
 * @param token of the position, or empty
 * @param reached whether the node answered at all
 */
record Reply(Answer answer, String etag, String token, boolean reached) {

  /** No node has answered. */
  static Reply lost(Answer answer) {
    return new Reply(answer, "", "", false);
  }
}
