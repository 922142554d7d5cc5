package dev.weir.query.graphql.types;

import dev.weir.query.graphql.InputFault;
import dev.weir.store.Catalogue;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.InvalidKeyException;
import dev.weir.store.Key;
import graphql.schema.GraphQLCodeRegistry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A collection as the schema shows it.
 *
 * @param definition what it is
 * @param names what its fields and types are called
 * @param keys how its keys are written
 * @param documents what its documents look like
 */
public record CollectionModel(
    CollectionDefinition definition, CollectionNames names, KeyForm keys, DocumentModel documents) {

  /**
   * The collections of a catalogue by their ids, in the order of these.
   *
   * @param code gets the fetchers of the documents' fields
   */
  public static Map<Integer, CollectionModel> of(
      Catalogue catalogue, GraphQLCodeRegistry.Builder code) {
    List<CollectionDefinition> definitions = catalogue.collections();
    List<CollectionNames> names = CollectionNames.of(definitions);
    Map<Integer, CollectionModel> models = new LinkedHashMap<>();
    for (int i = 0; i < definitions.size(); i++) {
      CollectionDefinition definition = definitions.get(i);
      models.put(
          definition.id(),
          new CollectionModel(
              definition,
              names.get(i),
              new KeyForm(definition.keyType()),
              DocumentModel.of(definition, names.get(i).document(), code)));
    }
    return models;
  }

  public int id() {
    return definition.id();
  }

  /**
   * A value of the scalar of its keys as a key.
   *
   * @param maxBytes longest key in its encoded form
   */
  public Key key(Object value, int maxBytes) throws InputFault {
    try {
      Key key = keys.key(value);
      if (key.bytes().length <= maxBytes) {
        return key;
      }
    } catch (InvalidKeyException e) {
      throw new InputFault("The key is not valid: " + e.getMessage());
    }
    throw new InputFault("The key is too long: it may have " + maxBytes + " bytes.");
  }
}
