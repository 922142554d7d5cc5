package dev.weir.chaos.process;

import java.io.IOException;

/** Commands of the system. */
public final class Commands {

  private Commands() {}

  /** Runs a command to its end; false if there is none of this name or it fails. */
  public static boolean run(String... command) {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
