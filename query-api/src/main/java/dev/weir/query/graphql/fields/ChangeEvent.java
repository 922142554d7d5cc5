package dev.weir.query.graphql.fields;

import dev.weir.query.changes.Event;
import dev.weir.query.changes.Place;
import dev.weir.query.changes.PlaceTokens;
import dev.weir.query.changes.Subscription;
import dev.weir.query.graphql.types.CollectionModel;
import dev.weir.query.graphql.types.StoredNode;
import dev.weir.store.ChangeQuery.Change;
import dev.weir.store.Document;
import dev.weir.store.Key;
import dev.weir.store.Version;
import org.jspecify.annotations.Nullable;

/**
 * An event of a subscription while it is executed, before the next one is taken.
 *
 * @param collection that is followed
 * @param event any but the end
 * @param subscription it was taken from
 * @param tokens write the place
 */
public record ChangeEvent(
    CollectionModel collection, Event event, Subscription subscription, PlaceTokens tokens) {

  ChangeKind kind() {
    if (event instanceof Event.Row) {
      return ChangeKind.ROW;
    }
    if (event instanceof Event.Complete) {
      return ChangeKind.COMPLETE;
    }
    return event instanceof Event.Changed changed && changed.change().value() != null
        ? ChangeKind.PUT
        : ChangeKind.REMOVE;
  }

  /** The document's key; null = the event is about none. */
  @Nullable Object key() {
    Change change = change();
    Document row = row();
    Key key = change != null ? change.key() : row != null ? row.key() : null;
    return key == null ? null : collection.keys().value(key);
  }

  /** Which log record made it; null = the event is about no document. */
  @Nullable String version() {
    Change change = change();
    Document row = row();
    Version version = change != null ? change.version() : row != null ? row.version() : null;
    return version == null ? null : version.text();
  }

  /** When; null = the event is about no document. */
  @Nullable Long timestamp() {
    Change change = change();
    Document row = row();
    return change != null ? (Long) change.timestamp() : row != null ? (Long) row.timestamp() : null;
  }

  /** The document; null = there is none any more. */
  @Nullable StoredNode node() {
    Change change = change();
    Document document = row();
    if (change != null && kind() == ChangeKind.PUT) {
      byte[] value = change.value();
      document =
          value == null
              ? null
              : new Document(change.key(), value, change.version(), change.timestamp());
    }
    return document == null ? null : new StoredNode(collection, document);
  }

  /** The place behind it; null = not all documents that were there have been told. */
  @Nullable String cursor() {
    Place place = subscription.place();
    return place == null ? null : tokens.issue(subscription.wish(), place);
  }

  private @Nullable Document row() {
    return event instanceof Event.Row row ? row.document() : null;
  }

  private @Nullable Change change() {
    if (event instanceof Event.Changed changed) {
      return changed.change();
    }
    return event instanceof Event.Gone gone ? gone.change() : null;
  }
}
