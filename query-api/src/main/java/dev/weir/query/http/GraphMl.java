package dev.weir.query.http;

import dev.weir.graph.traverse.Arc;
import dev.weir.graph.traverse.Neighbourhood;
import dev.weir.graph.traverse.Neighbourhood.Reached;
import dev.weir.store.GraphQuery.Wanted;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Subgraphs as GraphML: collection, distance and JSON document of each vertex, type and JSON value
 * of each edge. Characters that XML does not know are replaced.
 */
final class GraphMl {
  static final String CONTENT_TYPE = "application/graphml+xml";
  private static final String NAMESPACE = "http://graphml.graphdrawing.org/xmlns";

  private final TraversalAnswers words;
  private final boolean documents;
  private final boolean edgeValues;

  /** Writes as much of vertices and edges as was asked for. */
  GraphMl(TraversalAnswers words, Wanted documents, boolean edgeValues) {
    this.words = words;
    this.documents = documents == Wanted.FIELDS;
    this.edgeValues = edgeValues;
  }

  byte[] bytes(Neighbourhood found) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      XMLStreamWriter out =
          XMLOutputFactory.newDefaultFactory()
              .createXMLStreamWriter(bytes, StandardCharsets.UTF_8.name());
      write(found, out);
      out.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("bytes in memory can be written", e);
    }
    return bytes.toByteArray();
  }

  private void write(Neighbourhood found, XMLStreamWriter out) throws XMLStreamException {
    out.writeStartDocument(StandardCharsets.UTF_8.name(), "1.0");
    out.writeStartElement("graphml");
    out.writeDefaultNamespace(NAMESPACE);
    key("collection", "node", "string", out);
    key("distance", "node", "int", out);
    key("document", "node", "string", out);
    key("type", "edge", "string", out);
    key("value", "edge", "string", out);
    out.writeStartElement("graph");
    out.writeAttribute("id", "weir");
    out.writeAttribute("edgedefault", "directed");
    for (Reached reached : found.reached()) {
      node(reached, out);
    }
    for (Arc arc : found.arcs()) {
      edge(arc, out);
    }
    out.writeEndElement();
    out.writeEndElement();
    out.writeEndDocument();
  }

  private static void key(String name, String of, String type, XMLStreamWriter out)
      throws XMLStreamException {
    out.writeEmptyElement("key");
    out.writeAttribute("id", name);
    out.writeAttribute("for", of);
    out.writeAttribute("attr.name", name);
    out.writeAttribute("attr.type", type);
  }

  private void node(Reached reached, XMLStreamWriter out) throws XMLStreamException {
    var collection = words.definition(reached.vertex().collection());
    out.writeStartElement("node");
    out.writeAttribute("id", clean(words.id(reached.vertex())));
    data("collection", collection.name(), out);
    data("distance", Integer.toString(reached.distance()), out);
    if (documents && reached.document().isPresent()) {
      byte[] json = Values.format(collection).toJson(reached.document().get().value());
      data("document", new String(json, StandardCharsets.UTF_8), out);
    }
    out.writeEndElement();
  }

  private void edge(Arc arc, XMLStreamWriter out) throws XMLStreamException {
    var edges = words.definition(arc.edges());
    out.writeStartElement("edge");
    out.writeAttribute("id", clean(TraversalAnswers.id(edges, arc.link().edge())));
    out.writeAttribute("source", clean(words.id(arc.from())));
    out.writeAttribute("target", clean(words.id(arc.to())));
    data("type", edges.name(), out);
    if (edgeValues) {
      byte[] json = Values.format(edges).toJson(arc.link().value());
      data("value", new String(json, StandardCharsets.UTF_8), out);
    }
    out.writeEndElement();
  }

  private static void data(String key, String value, XMLStreamWriter out)
      throws XMLStreamException {
    out.writeStartElement("data");
    out.writeAttribute("key", key);
    out.writeCharacters(clean(value));
    out.writeEndElement();
  }

  /** The text with a replacement character for each that XML 1.0 cannot hold. */
  private static String clean(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints()
        .map(
            c ->
                c == '\t'
                        || c == '\n'
                        || c == '\r'
                        || (c >= ' ' && (c < 0xd800 || c > 0xdfff) && c != 0xfffe && c != 0xffff)
                    ? c
                    : 0xfffd)
        .forEach(clean::appendCodePoint);
    return clean.toString();
  }
}
