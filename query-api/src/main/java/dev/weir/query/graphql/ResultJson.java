package dev.weir.query.graphql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** Results as they are sent. */
final class ResultJson {
  private static final ObjectMapper JSON = JsonMapper.builder().build();

  private ResultJson() {}

  /** The JSON of maps, lists and scalars. */
  static byte[] bytes(Object result) {
    try {
      return JSON.writeValueAsBytes(result);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a result that is no JSON", e);
    }
  }
}
