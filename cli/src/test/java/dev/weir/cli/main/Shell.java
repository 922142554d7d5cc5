package dev.weir.cli.main;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/** Runs commands in this process and keeps what they print. */
final class Shell {

  /** What a command left. */
  record Outcome(int code, String out, String err) {}

  private Shell() {}

  static Outcome run(String... arguments) {
    return runWithInput("", arguments);
  }

  static Outcome runWithInput(String input, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    ByteArrayOutputStream terminal = new ByteArrayOutputStream();
    CommandLine commandLine =
        Main.commandLine(
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(terminal, true, StandardCharsets.UTF_8));
    commandLine.setOut(new PrintWriter(out, true));
    commandLine.setErr(new PrintWriter(err, true));
    int code = commandLine.execute(arguments);
    return new Outcome(code, out.toString(), err + terminal.toString(StandardCharsets.UTF_8));
  }
}
