using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;

namespace Atmosphere.Recognition.Outbound.Mqtt;

/// <summary>Converts the settings for MQTTnet, and MQTTnet's errors into messages for operators.</summary>
internal static class MqttBroker
{
    private static readonly TimeSpan _keepAlive = TimeSpan.FromSeconds(60);

    public static MqttClientOptions Of(MqttOptions options, string client)
    {
        var builder = new MqttClientOptionsBuilder()
            .WithTcpServer(options.Host, options.PortInUse)
            .WithProtocolVersion(options.Version == MqttOptions.Version5 ? MqttProtocolVersion.V500 : MqttProtocolVersion.V311)
            .WithClientId(client)
            .WithCleanStart()
            .WithKeepAlivePeriod(_keepAlive)
            .WithTimeout(options.Timeout);
        if (options.User is not null)
            builder.WithCredentials(options.User, options.Password);
        if (options.Tls)
            builder.WithTlsOptions(tls => Trust(tls.UseTls().WithTargetHost(options.Host), options.CaFile));
        return builder.Build();
    }

    /// <summary>Why the broker refused the connection; null: it accepted.</summary>
    public static string? Refusal(MqttClientConnectResult answer) => answer.ResultCode switch
    {
        MqttClientConnectResultCode.Success => null,
        MqttClientConnectResultCode.UnsupportedProtocolVersion =>
            $"The broker does not speak this version of MQTT. Set {MqttOptions.Section}:Version to {MqttOptions.Version311} or {MqttOptions.Version5}.",
        MqttClientConnectResultCode.ClientIdentifierNotValid => "The broker refuses the client's id.",
        MqttClientConnectResultCode.ServerUnavailable or MqttClientConnectResultCode.ServerBusy => "The broker is not available now.",
        MqttClientConnectResultCode.BadUserNameOrPassword or MqttClientConnectResultCode.NotAuthorized =>
            $"The broker refuses the user or the password. Check {MqttOptions.Section}:User and {MqttOptions.Section}:Password.",
        var code => $"The broker refuses the connection: {code}.",
    };

    /// <summary>Why the connection failed.</summary>
    public static string Failure(MqttOptions options, Exception error) =>
        Causes(error).FirstOrDefault(cause => cause is MqttCommunicationTimedOutException or AuthenticationException or SocketException) switch
        {
            MqttCommunicationTimedOutException => Late(options),
            AuthenticationException tls =>
                $"No trusted TLS connection to {NameOf(options)}: {tls.Message} Name the authority of the broker's certificate in {MqttOptions.Section}:CaFile, "
                + "and in Host the broker as its certificate does.",
            SocketException socket => $"The broker {NameOf(options)} cannot be reached: {socket.Message}",
            _ => $"What answers at {NameOf(options)} ended the connection, or does not speak MQTT {options.Version}. "
                + $"Check {MqttOptions.Section}:Host, Port, Tls and Version.",
        };

    public static string Late(MqttOptions options) => $"The broker {NameOf(options)} did not accept the connection within {options.Timeout}.";

    private static string NameOf(MqttOptions options) => $"{options.Host}:{options.PortInUse}";

    private static IEnumerable<Exception> Causes(Exception error)
    {
        for (Exception? cause = error; cause is not null; cause = cause.InnerException)
            yield return cause;
    }

    private static void Trust(MqttClientTlsOptionsBuilder tls, string? file)
    {
        if (file is null)
            return;

        // Private certificate authorities rarely publish revocations.
        tls.WithTrustChain(Authorities.Read(file)).WithRevocationMode(X509RevocationMode.NoCheck);
    }
}
