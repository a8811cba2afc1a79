using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Atmosphere.Bot.Tests.Outbound;

/// <summary>A certificate authority that lives as long as a test.</summary>
internal sealed class Authority : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("atmosphere-authority-").FullName;
    private readonly X509Certificate2 _certificate;

    public Authority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Test authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        _certificate = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        CaFile = Write("ca.pem", _certificate.ExportCertificatePem());
    }

    public string CaFile { get; }

    /// <summary>Lines for mosquitto, with a certificate of this authority for that name.</summary>
    public string[] Broker(string name)
    {
        var (certificate, key) = Certify(name);
        return [$"cafile {CaFile}", $"certfile {certificate}", $"keyfile {key}"];
    }

    /// <summary>A certificate of this authority for that name, and its key: PEM files.</summary>
    public (string Certificate, string Key) Certify(string name)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(name, out var address))
            names.AddIpAddress(address);
        else
            names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        using var authorityKey = _certificate.GetECDsaPrivateKey()!;
        using var certificate = request.Create(
            _certificate.SubjectName, X509SignatureGenerator.CreateForECDsa(authorityKey), _certificate.NotBefore, _certificate.NotAfter, [1, 2, 3, 4]);
        return (Write("server.pem", certificate.ExportCertificatePem()), Write("server.key", key.ExportPkcs8PrivateKeyPem()));
    }

    public void Dispose()
    {
        _certificate.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private string Write(string name, string text)
    {
        var file = Path.Combine(_folder, name);
        File.WriteAllText(file, text);
        return file;
    }
}
