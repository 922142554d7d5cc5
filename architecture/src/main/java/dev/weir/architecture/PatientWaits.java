package dev.weir.architecture;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Gives every wait for a condition a minute, in the tests of all modules, unless the test says
 * otherwise: that a machine has little time is not what a test is to find. Found by JUnit as a
 * service.
 */
public final class PatientWaits implements LauncherSessionListener {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @Override
  public void launcherSessionOpened(LauncherSession session) {
    Awaitility.setDefaultTimeout(PATIENCE);
  }
}
