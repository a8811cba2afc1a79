using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Atmosphere.Recognition.Outbound;

/// <summary>Certificate authorities from a PEM file that an operator names.</summary>
internal static class Authorities
{
    public static X509Certificate2Collection Read(string file)
    {
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(file);
        return authorities;
    }

    /// <returns>Null if the file holds at least one certificate.</returns>
    public static string? ProblemOf(string file)
    {
        try
        {
            return Read(file).Count > 0 ? null : "which holds no certificate";
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return "which cannot be read";
        }
    }
}
