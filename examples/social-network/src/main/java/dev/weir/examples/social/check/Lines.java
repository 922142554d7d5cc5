package dev.weir.examples.social.check;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** The lines of an input file, cut with a regular expression. */
final class Lines {

  private static final Pattern BAR = Pattern.compile("\\|");

  private Lines() {}

  /** Lines of a file, without its header if it has one. */
  static Stream<List<String>> of(String file, boolean header) {
    String text = text("/dev/weir/examples/social/data/" + file + ".csv.gz");
    return text.lines().skip(header ? 1 : 0).map(line -> List.of(BAR.split(line, -1)));
  }

  private static String text(String resource) {
    try (InputStream in = Lines.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is missing");
      }
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      new GZIPInputStream(in).transferTo(out);
      return out.toString(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(resource + " cannot be read", e);
    }
  }
}
