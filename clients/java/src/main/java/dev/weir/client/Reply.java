package dev.weir.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.http.HttpHeaders;

/**
 * What a node answered.
 *
 * @param status HTTP status
 * @param headers all of them
 * @param body possibly empty
 */
@SuppressWarnings("ArrayRecordComponent")
record Reply(int status, HttpHeaders headers, byte[] body) {

  String header(String name) {
    return headers.firstValue(name).orElse("");
  }

  long number(String name) {
    try {
      return Long.parseLong(header(name));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** The body; a missing node if it is not JSON. */
  JsonNode json() {
    try {
      return Json.parse(body);
    } catch (IOException e) {
      return MissingNode.getInstance();
    }
  }

  boolean isProblem(String kind) {
    return status >= 400 && json().path("type").asText().endsWith("/" + kind);
  }

  /** This reply if it is a success; GraphQL answers with errors and data are one. */
  Reply orThrow() {
    if (status >= 200 && status < 300) {
      return this;
    }
    throw ProblemException.of(Problem.of(this));
  }
}
