package dev.weir.bench.process;

import java.time.Duration;

/**
 * Time that processes have had on a CPU: what an operation costs stays the same when the machine is
 * shared, while its rate does not.
 */
public final class CpuTime {
  private CpuTime() {}

  /** Seconds of CPU time of some processes together, in steps of about 10 ms. */
  public static double seconds(long... pids) {
    double seconds = 0;
    for (long pid : pids) {
      seconds +=
          ProcessHandle.of(pid)
                  .flatMap(process -> process.info().totalCpuDuration())
                  .map(Duration::toNanos)
                  .orElse(0L)
              / 1e9;
    }
    return seconds;
  }

  /** Seconds of CPU time of this process. */
  public static double ofThisProcess() {
    return seconds(ProcessHandle.current().pid());
  }
}
