package dev.weir.query.http;

import dev.weir.store.letter.DeadLetter;
import dev.weir.store.letter.DeadLetterBox;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Dead letters as JSON. */
final class LetterJson {
  private LetterJson() {}

  static Map<String, @Nullable Object> page(DeadLetterBox.Page page) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("letters", page.letters().stream().map(LetterJson::row).toList());
    json.put("next", page.next().map(String::valueOf).orElse(null));
    return json;
  }

  /** With headers, which rows of a page lack. */
  static Map<String, @Nullable Object> whole(DeadLetter letter) {
    Map<String, @Nullable Object> json = row(letter);
    List<Map<String, @Nullable Object>> headers = new ArrayList<>();
    for (Header header : letter.content().headers()) {
      Map<String, @Nullable Object> one = new LinkedHashMap<>();
      one.put("name", header.key());
      one.put("value", LetterBytes.json(header.value()));
      headers.add(one);
    }
    json.put("headers", headers);
    return json;
  }

  private static Map<String, @Nullable Object> row(DeadLetter letter) {
    Map<String, Object> origin = new LinkedHashMap<>();
    origin.put("topic", letter.origin().topic());
    origin.put("partition", letter.origin().partition());
    origin.put("offset", letter.origin().offset());
    origin.put("timestamp", letter.origin().timestamp());
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("id", letter.id());
    json.put("at", letter.keptAt().toString());
    json.put("source", letter.source());
    json.put("reason", letter.reason());
    json.put("detail", letter.detail());
    json.put("origin", origin);
    json.put("key", LetterBytes.json(letter.content().key()));
    json.put("value", LetterBytes.json(letter.content().value()));
    json.put("omitted", letter.content().omitted());
    json.put("replayed", letter.replayed());
    return json;
  }
}
