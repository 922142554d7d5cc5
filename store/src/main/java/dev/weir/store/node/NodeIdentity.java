package dev.weir.store.node;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;

/**
 * Whose state a directory holds, kept in a file in it.
 *
 * @param format version of the directory's layout
 * @param application whose shards
 * @param node id of the node
 * @param created when the directory was first claimed, ISO 8601
 */
record NodeIdentity(int format, String application, String node, String created) {

  /** The layout this build writes, and the newest it reads. */
  static final int FORMAT = 1;

  static final String FILE = "weir-node.json";

  private static final ObjectMapper JSON = new ObjectMapper();

  static NodeIdentity first(String application, String node) {
    return new NodeIdentity(FORMAT, application, node, Instant.now().toString());
  }

  /** Reads the file of a directory; a newer format has only its number for certain. */
  static NodeIdentity read(Path directory) throws IOException {
    byte[] bytes = Files.readAllBytes(directory.resolve(FILE));
    try {
      JsonNode json = JSON.readTree(bytes);
      int format = json.path("format").asInt(0);
      String application = json.path("application").asText();
      String node = json.path("node").asText();
      if (format < 1 || (format <= FORMAT && (application.isEmpty() || node.isEmpty()))) {
        throw new IOException("no identity in it");
      }
      return new NodeIdentity(format, application, node, json.path("created").asText());
    } catch (JsonProcessingException e) {
      throw new IOException("not JSON", e);
    }
  }

  /** Writes the file so that it is there as a whole or not at all, also after a power cut. */
  void write(Path directory) throws IOException {
    Path draft = directory.resolve(FILE + ".draft");
    try (FileChannel channel =
            FileChannel.open(
                draft,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE);
        OutputStream out = Channels.newOutputStream(channel)) {
      out.write(
          JSON.writerWithDefaultPrettyPrinter()
              .writeValueAsBytes(
                  JSON.createObjectNode()
                      .put("format", format)
                      .put("application", application)
                      .put("node", node)
                      .put("created", created)));
      channel.force(true);
    }
    Files.move(
        draft,
        directory.resolve(FILE),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }
}
