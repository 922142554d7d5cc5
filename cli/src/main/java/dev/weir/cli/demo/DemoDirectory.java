package dev.weir.cli.demo;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.cli.CommandException;
import dev.weir.examples.social.SocialNetwork;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * Where the demo keeps everything: the broker's data, the nodes' states, logs and {@code
 * demo.json}.
 *
 * @param root of it all
 */
record DemoDirectory(Path root) {

  private static final JsonMapper JSON = new JsonMapper();

  /**
   * A process as {@code demo.json} tells it.
   *
   * @param role {@code broker} or {@code node}
   * @param pid its number
   * @param url where it is reached
   */
  record Told(String role, long pid, String url) {}

  /** Makes the directories that are missing. */
  static DemoDirectory create(Path root) {
    DemoDirectory directory = new DemoDirectory(root.toAbsolutePath().normalize());
    try {
      Files.createDirectories(directory.logs());
      return directory;
    } catch (IOException e) {
      throw new CommandException(
          directory.root + " cannot be written: name another directory with --data-dir", e);
    }
  }

  Path logs() {
    return root.resolve("logs");
  }

  Path broker() {
    return root.resolve("kafka");
  }

  Path state(String node) {
    return root.resolve(node);
  }

  /** Writes the configuration of all nodes; returns the file. */
  Path writeConfig() {
    Path file = root.resolve("weir.yaml");
    try (InputStream in = SocialNetwork.class.getResourceAsStream("weir.yaml")) {
      if (in == null) {
        throw new IllegalStateException("the demo's weir.yaml is not in this build");
      }
      Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
      return file;
    } catch (IOException e) {
      throw new CommandException(file + " cannot be written: " + e.getMessage(), e);
    }
  }

  /** Tells other programs which processes there are. */
  void writeProcesses(String bootstrapServers, List<Told> processes) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("bootstrapServers", bootstrapServers);
    ArrayNode list = json.putArray("processes");
    processes.forEach(
        p -> list.addObject().put("role", p.role()).put("pid", p.pid()).put("url", p.url()));
    Path draft = root.resolve("demo.json.draft");
    try {
      Files.write(draft, JSON.writeValueAsBytes(json));
      Files.move(
          draft,
          root.resolve("demo.json"),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new CommandException("demo.json cannot be written: " + e.getMessage(), e);
    }
  }

  /** Takes back what {@link #writeProcesses} told. */
  void removeProcesses() {
    try {
      Files.deleteIfExists(root.resolve("demo.json"));
    } catch (IOException e) {
      throw new CommandException("demo.json cannot be removed: " + e.getMessage(), e);
    }
  }
}
