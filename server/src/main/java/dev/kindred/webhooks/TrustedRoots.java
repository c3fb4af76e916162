package dev.kindred.webhooks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Whose word is taken for who a receiver is: of all whom Java trusts, and of whom the operator
 * adds, such as the certification authority of one's own network.
 */
public final class TrustedRoots {

  private static final long FILE_BYTES_MAX = 1 << 20;

  private TrustedRoots() {}

  /**
   * The certificates in a file of PEM.
   *
   * @throws IllegalArgumentException if there are none, with a sentence for the operator
   */
  public static List<X509Certificate> read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      if (Files.size(file) > FILE_BYTES_MAX) {
        throw new IllegalArgumentException(file + " is larger than " + FILE_BYTES_MAX + " bytes");
      }
      var certificates = new ArrayList<X509Certificate>();
      for (var each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        certificates.add((X509Certificate) each);
      }
      if (certificates.isEmpty()) {
        throw new IllegalArgumentException(file + " holds no certificate in PEM");
      }
      return certificates;
    } catch (IOException unreadable) {
      throw new IllegalArgumentException(file + " cannot be read: " + unreadable, unreadable);
    } catch (CertificateException wrong) {
      throw new IllegalArgumentException(
          file + " holds something else than certificates in PEM", wrong);
    }
  }

  /** Makes connections to those whom Java trusts or one of these. */
  public static SSLSocketFactory and(List<X509Certificate> more) {
    if (more.isEmpty()) return (SSLSocketFactory) SSLSocketFactory.getDefault();
    try {
      KeyStore roots = KeyStore.getInstance(KeyStore.getDefaultType());
      roots.load(null, null);
      List<X509Certificate> all = with(more);
      for (int i = 0; i < all.size(); i++) roots.setCertificateEntry("root-" + i, all.get(i));
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers(roots), null);
      return context.getSocketFactory();
    } catch (GeneralSecurityException | IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  static List<X509Certificate> with(List<X509Certificate> more) throws GeneralSecurityException {
    var all = new ArrayList<>(usual());
    all.addAll(more);
    return all;
  }

  /** Those of Java. */
  static List<X509Certificate> usual() throws GeneralSecurityException {
    return Arrays.stream(managers(null))
        .filter(X509TrustManager.class::isInstance)
        .flatMap(each -> Arrays.stream(((X509TrustManager) each).getAcceptedIssuers()))
        .toList();
  }

  /**
   * @param roots null for those of Java
   */
  private static TrustManager[] managers(@Nullable KeyStore roots) throws GeneralSecurityException {
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(roots);
    return factory.getTrustManagers();
  }
}
