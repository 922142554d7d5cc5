package dev.weir.cli.remote;

import picocli.CommandLine.Parameters;

/** Which document a command is about: its first two parameters. */
final class DocumentName {

  @Parameters(index = "0", paramLabel = "<collection>", description = "name of the collection")
  private String collection = "";

  @Parameters(
      index = "1",
      paramLabel = "<key>",
      description = "the key as text; a tuple as a JSON array, such as '[\"a\",1]'")
  private String key = "";

  String collection() {
    return collection;
  }

  String key() {
    return key;
  }
}
