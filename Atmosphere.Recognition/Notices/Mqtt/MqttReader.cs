using System.Buffers.Binary;

namespace Atmosphere.Recognition.Notices.Mqtt;

/// <summary>What a broker answers to a publisher.</summary>
internal enum MqttAnswer : byte
{
    Connected = 0x20,
    Published = 0x40,
    Pong = 0xD0,
}

/// <summary>Reads a broker's answers. A publisher gets only three kinds, none longer than two bytes: whatever else comes is no broker.</summary>
internal static class MqttReader
{
    /// <returns>The kind, and its two bytes as a number; 0 where it has none.</returns>
    /// <exception cref="MqttException">The connection ended, or it is no broker.</exception>
    public static async Task<(MqttAnswer Kind, ushort Number)> ReadAsync(Stream stream, CancellationToken cancellation)
    {
        var bytes = new byte[4];
        try
        {
            await stream.ReadExactlyAsync(bytes.AsMemory(0, 2), cancellation);
            var kind = (MqttAnswer)bytes[0];
            if (bytes[1] != LengthOf(kind))
                throw new MqttException($"What answers does not speak MQTT 3.1.1 (0x{bytes[0]:X2} 0x{bytes[1]:X2}). Check {MqttOptions.Section}:Host and Port.");

            await stream.ReadExactlyAsync(bytes.AsMemory(2, bytes[1]), cancellation);
            return (kind, BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(2)));
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            throw new MqttException("The broker ended the connection.", error);
        }
    }

    private static int LengthOf(MqttAnswer kind) => kind switch
    {
        MqttAnswer.Connected or MqttAnswer.Published => 2,
        MqttAnswer.Pong => 0,
        _ => -1,
    };
}
