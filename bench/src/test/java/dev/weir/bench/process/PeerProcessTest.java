package dev.weir.bench.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PeerProcessTest {

  /** Answers with the words of a line; fails at {@code bad}; ends at {@code end}. */
  static final class Words {
    private Words() {}

    public static void main(String[] arguments) throws IOException {
      System.out.println(arguments.length == 0 ? "no arguments" : "ready " + arguments[0]);
      BufferedReader lines =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.equals("end")) {
          return;
        }
        System.out.println(line.equals("bad") ? "failed why" : line.replace(' ', '\n') + "\ndone");
      }
    }
  }

  private static PeerProcess start(String... arguments) throws IOException {
    return PeerProcess.run(
        System.getProperty("java.class.path"),
        Words.class.getName(),
        List.of("-Xmx32m"),
        List.of(arguments));
  }

  @Test
  void answersEndWhereThePeerSaysSo() throws IOException {
    try (PeerProcess peer = start("hello")) {
      assertThat(peer.readyText()).isEqualTo("hello");
      assertThat(peer.ask("one two")).containsExactly("one", "two");
      assertThatThrownBy(() -> peer.ask("bad")).hasMessage("bad: why");
      assertThat(peer.ask("three")).containsExactly("three");
    }
  }

  @Test
  void aPeerThatEndsIsNoAnswer() throws IOException {
    try (PeerProcess peer = start("hello")) {
      assertThatThrownBy(() -> peer.ask("end")).hasMessage("it ended");
    }
    assertThatThrownBy(() -> start()).hasMessageContaining("no arguments");
  }

  @Test
  void aPeerThatWasNotCompiledIsLeftOut() throws IOException {
    assertThat(PeerProcess.start("none-of-that-name", "x", List.of(), List.of())).isEmpty();
  }
}
