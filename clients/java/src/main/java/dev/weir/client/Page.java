package dev.weir.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A part of a scan.
 *
 * @param items in the order asked for
 * @param cursor continues the scan; empty = nothing is left
 */
public record Page(List<Item> items, Optional<String> cursor) {
  public Page {
    items = List.copyOf(items);
  }

  static Page of(JsonNode json) {
    List<Item> items = new ArrayList<>();
    json.path("items").forEach(item -> items.add(Item.of(item)));
    JsonNode cursor = json.path("cursor");
    return new Page(items, cursor.isTextual() ? Optional.of(cursor.textValue()) : Optional.empty());
  }
}
