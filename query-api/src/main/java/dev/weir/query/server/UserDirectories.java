package dev.weir.query.server;

import java.nio.file.Path;
import java.util.Map;

/** Where a program keeps what must survive it if nobody says otherwise (XDG base directories). */
public final class UserDirectories {

  private UserDirectories() {}

  /** {@code weir} in the user's state directory. */
  public static Path state() {
    return state(System.getenv(), Path.of(System.getProperty("user.home", ".")));
  }

  static Path state(Map<String, String> environment, Path home) {
    String xdg = environment.getOrDefault("XDG_STATE_HOME", "");
    Path base =
        !xdg.isEmpty() && Path.of(xdg).isAbsolute()
            ? Path.of(xdg)
            : home.resolve(".local").resolve("state");
    return base.resolve("weir");
  }
}
