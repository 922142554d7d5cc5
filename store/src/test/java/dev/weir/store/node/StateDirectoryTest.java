package dev.weir.store.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StateDirectoryTest {

  @TempDir Path parent;

  @Test
  void keepsTheNodeIdItMadeAtTheFirstStart() {
    Path root = parent.resolve("a/b");
    String id;
    try (StateDirectory first = claimed(root, "shop", null)) {
      id = first.nodeId();
      assertThat(id).matches("node-[0-9a-f]{10}");
      assertThat(first.streamsDir()).isDirectory().hasParent(first.root());
    }
    try (StateDirectory second = claimed(root, "shop", null)) {
      assertThat(second.nodeId()).isEqualTo(id);
    }
    try (StateDirectory other = claimed(parent.resolve("c"), "shop", null)) {
      assertThat(other.nodeId()).isNotEqualTo(id);
    }
  }

  @Test
  void takesTheConfiguredNodeIdAndHoldsToIt() {
    claimed(parent, "shop", "n1").close();
    claimed(parent, "shop", null).close();
    assertThat(refused(parent, "shop", "n2"))
        .contains("belongs to the node 'n1', not to 'n2'")
        .contains("configure");
    claimed(parent, "shop", "n1").close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a/b", "../x", "é", ".x"})
  void refusesAnIdThatIsNone(String id) {
    assertThat(refused(parent, "shop", id)).contains("correct it in the configuration");
    assertThat(parent.resolve(NodeIdentity.FILE)).doesNotExist();
  }

  @Test
  void refusesTheDirectoryOfAnotherApplication() {
    claimed(parent, "shop", null).close();
    assertThat(refused(parent, "bank", null)).contains("'shop', not to 'bank'");
    claimed(parent, "shop", null).close();
  }

  @Test
  void refusesWhatANewerVersionWrote() throws Exception {
    identity("{\"format\":2,\"who\":\"knows\"}");
    assertThat(refused(parent, "shop", null)).contains("newer version").contains("format 2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "{}",
        "{\"format\":\"x\"}",
        "{\"format\":1,\"application\":\"shop\"}"
      })
  void refusesAnIdentityItCannotRead(String content) throws Exception {
    identity(content);
    assertThat(refused(parent, "shop", null)).contains("put it back from a backup");
    assertThat(Files.readString(parent.resolve(NodeIdentity.FILE))).isEqualTo(content);
  }

  @Test
  void refusesStateWithoutAnIdentity() throws Exception {
    claimed(parent, "shop", null).close();
    Files.delete(parent.resolve(NodeIdentity.FILE));
    assertThat(refused(parent, "shop", null)).contains("weir-node.json is missing");
  }

  @Test
  void refusesAFileInItsPlaceOrAboveIt() throws Exception {
    Path file = Files.createFile(parent.resolve("file"));
    assertThat(refused(file, "shop", null)).contains("is a file").contains("another one");
    assertThat(refused(file.resolve("below"), "shop", null)).contains("configure another one");
  }

  @Test
  void refusesADirectoryItCannotWrite() throws Exception {
    Path root = Files.createDirectory(parent.resolve("locked"));
    assertThat(root.toFile().setWritable(false)).isTrue();
    assumeFalse(Files.isWritable(root), "the superuser can write everywhere");
    assertThat(refused(root, "shop", null)).contains("the right to write it");
  }

  @Test
  void isOfOnePartOfThisProcessAtATime() {
    try (StateDirectory first = claimed(parent, "shop", null)) {
      assertThat(refused(parent, "shop", null))
          .contains("in use by process " + ProcessHandle.current().pid());
      assertThat(first.streamsDir()).exists();
    }
    claimed(parent, "shop", null).close();
  }

  @Test
  void isOfOneProcessAtATimeUntilItIsKilled() throws Exception {
    Process other =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                parent.toString())
            .redirectErrorStream(true)
            .start();
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(other.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(out.readLine()).isEqualTo("claimed");
      assertThat(refused(parent, "shop", null)).contains("in use by process " + other.pid());
    } finally {
      other.destroyForcibly().waitFor();
    }
    claimed(parent, "shop", null).close();
  }

  /** Claims a directory in a process of its own until that is killed. */
  static final class Holder {
    public static void main(String[] arguments) throws IOException {
      StateDirectory held = claimed(Path.of(arguments[0]), "shop", null);
      System.out.println("claimed");
      int end = System.in.read();
      System.out.println(end + " " + held.nodeId());
    }
  }

  private void identity(String content) throws IOException {
    Files.writeString(parent.resolve(NodeIdentity.FILE), content);
  }

  private static StateDirectory claimed(Path root, String application, String node) {
    StateClaim claim = StateDirectory.claim(root, application, Optional.ofNullable(node));
    assertThat(claim).isInstanceOf(StateClaim.Claimed.class);
    return ((StateClaim.Claimed) claim).directory();
  }

  private static String refused(Path root, String application, String node) {
    StateClaim claim = StateDirectory.claim(root, application, Optional.ofNullable(node));
    assertThat(claim).isInstanceOf(StateClaim.Refused.class);
    return ((StateClaim.Refused) claim).reason();
  }
}
