package dev.weir.cli.main;

import dev.weir.cli.ExitCode;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells a person what went wrong, without a stack trace unless it is asked for. */
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {

  private final WeirCommand root;

  Failures(WeirCommand root) {
    this.root = root;
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult result) {
    if (e instanceof ParameterException usage) {
      return handleParseException(usage, new String[0]);
    }
    PrintWriter err = command.getErr();
    String message = e.getMessage();
    err.println("weir: " + (message == null ? e.getClass().getSimpleName() : message));
    if (root.trace) {
      e.printStackTrace(err);
    }
    return ExitCode.FAILED;
  }

  @Override
  public int handleParseException(ParameterException e, String[] arguments) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("weir: " + e.getMessage());
    if (!UnmatchedArgumentException.printSuggestions(e, err)) {
      err.println("See 'weir " + path(command) + "--help'.");
    }
    return ExitCode.USAGE;
  }

  private static String path(CommandLine command) {
    String name = command.getCommandSpec().qualifiedName(" ");
    return name.contains(" ") ? name.substring(name.indexOf(' ') + 1) + " " : "";
  }
}
