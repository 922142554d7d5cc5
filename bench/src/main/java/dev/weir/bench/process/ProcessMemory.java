package dev.weir.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Resident memory of a process as Linux counts it. */
public final class ProcessMemory {
  private ProcessMemory() {}

  /** Resident now, in MiB. */
  public static double residentMib(long pid) throws IOException {
    return field(pid, "VmRSS:");
  }

  /** The most that was ever resident, in MiB. */
  public static double peakMib(long pid) throws IOException {
    return field(pid, "VmHWM:");
  }

  private static double field(long pid, String name) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
      if (line.startsWith(name)) {
        return Double.parseDouble(line.substring(name.length()).replace("kB", "").strip()) / 1024;
      }
    }
    throw new IOException("process " + pid + " does not say its " + name);
  }
}
