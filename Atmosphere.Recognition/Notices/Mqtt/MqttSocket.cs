using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Atmosphere.Recognition.Notices.Mqtt;

/// <summary>The bytes to and from the broker: TCP, or TLS with a checked certificate.</summary>
internal static class MqttSocket
{
    /// <exception cref="MqttException">Nobody answers, or it is not who it should be.</exception>
    public static async Task<Stream> OpenAsync(MqttOptions options, CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(options.Host!, options.PortInUse, cancellation);
            var plain = new NetworkStream(socket, ownsSocket: true);
            return options.Tls ? await SecureAsync(plain, options, cancellation) : plain;
        }
        catch (SocketException error)
        {
            socket.Dispose();
            throw new MqttException($"The broker {options.Host}:{options.PortInUse} cannot be reached: {error.Message}", error);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task<Stream> SecureAsync(NetworkStream plain, MqttOptions options, CancellationToken cancellation)
    {
        var secure = new SslStream(plain);
        try
        {
            await secure.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions { TargetHost = options.Host, CertificateChainPolicy = Trust(options.CaFile) }, cancellation);
            return secure;
        }
        catch (AuthenticationException error)
        {
            throw new MqttException(
                $"No trusted TLS connection to {options.Host}:{options.PortInUse}: {error.Message} Name the authority of the broker's certificate in "
                + $"{MqttOptions.Section}:CaFile, and in Host the broker as its certificate does.",
                error);
        }
        catch (IOException error)
        {
            throw new MqttException($"The broker {options.Host}:{options.PortInUse} does not speak TLS: {error.Message}", error);
        }
    }

    /// <summary>Null: the machine's own authorities.</summary>
    private static X509ChainPolicy? Trust(string? file)
    {
        if (file is null)
            return null;

        // One's own authority rarely publishes what it revoked.
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPemFile(file);
        return policy;
    }
}
