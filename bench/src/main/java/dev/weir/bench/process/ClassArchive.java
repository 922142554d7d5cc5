package dev.weir.bench.process;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * The classes of this process, laid out for quick starts of others as {@code ./weir} lays out those
 * of its commands. The JVM takes only archives of JAR files, so directories become some.
 */
public final class ClassArchive {
  private final Path directory;
  private final String classPath;

  private ClassArchive(Path directory, String classPath) {
    this.directory = directory;
    this.classPath = classPath;
  }

  /** Nothing yet, in a directory of its own. */
  public static ClassArchive in(Path directory) throws IOException {
    Files.createDirectories(directory);
    List<String> entries = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      if (Files.isDirectory(Path.of(entry))) {
        entries.add(jar(Path.of(entry), directory.resolve(entries.size() + ".jar")));
      } else if (entry.endsWith(".jar")) {
        entries.add(entry);
      }
    }
    return new ClassArchive(directory, String.join(File.pathSeparator, entries));
  }

  private static String jar(Path classes, Path target) throws IOException {
    try (Stream<Path> found = Files.walk(classes);
        OutputStream file = Files.newOutputStream(target);
        JarOutputStream jar = new JarOutputStream(file)) {
      for (Path each : found.filter(Files::isRegularFile).sorted().toList()) {
        jar.putNextEntry(new JarEntry(classes.relativize(each).toString()));
        Files.copy(each, jar);
      }
    }
    return target.toString();
  }

  /** Options of a JVM that lays its classes out under a name when it ends. */
  public List<String> make(String name) {
    return List.of("-cp", classPath, "-XX:ArchiveClassesAtExit=" + path(name), "-Xlog:disable");
  }

  /** Options of one that takes the classes that were laid out under a name. */
  public List<String> use(String name) {
    if (!Files.exists(path(name))) {
      throw new IllegalStateException("no classes were laid out as " + name);
    }
    return List.of("-cp", classPath, "-XX:SharedArchiveFile=" + path(name), "-Xlog:disable");
  }

  private Path path(String name) {
    return directory.resolve(name + ".jsa");
  }
}
