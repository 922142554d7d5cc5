package dev.weir.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tests that {@code docs/wishes.md} names are there, and carry the wishes' numbers. */
final class WishesPageTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern TEST = Pattern.compile("`(\\w+Test)\\.(\\w+)`");
  private static final Pattern WISH = Pattern.compile("(?:#|KAFKA-|KIP-)(\\d+)");

  @Test
  void everyTestIsThereAndCarriesItsNumber() throws IOException {
    int named = 0;
    for (String line : Files.readAllLines(ROOT.resolve("docs/wishes.md"))) {
      List<MatchResult> tests = TEST.matcher(line).results().toList();
      if (tests.isEmpty()) {
        continue;
      }
      StringBuilder sources = new StringBuilder();
      for (MatchResult test : tests) {
        String source = source(test.group(1));
        assertThat(source).as(line).contains("void " + test.group(2) + "(");
        sources.append(source);
        named++;
      }
      String wished = line.substring(0, line.indexOf('|', 1));
      assertThat(WISH.matcher(wished).results().toList())
          .as(line)
          .isNotEmpty()
          .allSatisfy(wish -> assertThat(sources).contains(wish.group(1)));
    }
    assertThat(named).isGreaterThan(30);
  }

  /** What stands in the classes of a simple name. */
  private static String source(String name) throws IOException {
    StringBuilder found = new StringBuilder();
    try (Stream<Path> modules = Files.list(ROOT)) {
      for (Path module : modules.filter(Files::isDirectory).toList()) {
        Path tests = module.resolve("src/test/java");
        if (Files.isDirectory(tests)) {
          try (Stream<Path> files = Files.walk(tests)) {
            for (Path file : files.filter(f -> f.endsWith(name + ".java")).toList()) {
              found.append(Files.readString(file));
            }
          }
        }
      }
    }
    return found.toString();
  }
}
