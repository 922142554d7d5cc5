package dev.weir.cli;

/** What a command leaves for the shell. */
public final class ExitCode {

  /** It did what it was asked. */
  public static final int OK = 0;

  /** It failed, in whole or in part. */
  public static final int FAILED = 1;

  /** It was not called as it must be. */
  public static final int USAGE = 2;

  private ExitCode() {}
}
