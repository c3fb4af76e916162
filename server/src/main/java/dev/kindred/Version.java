package dev.kindred;

/** Which program this is. */
public final class Version {

  private Version() {}

  /** As the jar says; {@code development} where there is none. */
  public static String text() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
