package dev.kindred.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.Locale;

/** Finds out what a file is, and opens it. */
final class ImportFile {

  private ImportFile() {}

  /**
   * Opens a file.
   *
   * @param in its bytes, packed or not; closed with the source
   * @param path what it is called; empty where nobody knows
   */
  static Source open(InputStream in, String path, ImportOptions options) throws IOException {
    String name = name(path);
    InputStream unpacked = Unpacking.of(in);
    Charset encoding =
        options.encoding().equals(UTF_8)
            ? Layout.of(name).map(Layout::encoding).orElse(UTF_8)
            : options.encoding();
    Sample sample = Sample.take(Recoding.of(unpacked, encoding));
    return switch (options.format().orElseGet(sample::format)) {
      case CSV -> CsvSource.open(sample, sample.whole(), options, name);
      case NDJSON -> LineSource.open(sample, sample.whole(), options, name);
      case PARQUET -> ParquetSource.open(sample.whole(), options, name);
    };
  }

  /** The last part of a path, in lower case and without what says how it is packed. */
  private static String name(String path) {
    String name = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    return name.toLowerCase(Locale.ROOT).replaceAll("\\.(gz|gzip|zst|zstd)$", "");
  }
}
