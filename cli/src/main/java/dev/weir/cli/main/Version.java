package dev.weir.cli.main;

import picocli.CommandLine.IVersionProvider;

/** The version of this build, from the manifest of its jar. */
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    String version = Version.class.getPackage().getImplementationVersion();
    return new String[] {
      "weir " + (version == null ? "(not packaged)" : version),
      "Java " + Runtime.version() + " on " + System.getProperty("os.name")
    };
  }
}
