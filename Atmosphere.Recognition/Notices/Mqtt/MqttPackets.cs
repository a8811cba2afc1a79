using System.Buffers.Binary;
using System.Text;

namespace Atmosphere.Recognition.Notices.Mqtt;

/// <summary>The packets that a publisher sends, byte by byte as MQTT 3.1.1 (OASIS, 2014) has them in its chapter 3.</summary>
internal static class MqttPackets
{
    private const byte Connect = 0x10;
    private const byte Publish = 0x30;
    private const byte QualityOne = 0x02;
    private const byte Repeated = 0x08;
    private const byte Version311 = 4;
    private const byte CleanSession = 0x02;
    private const byte HasPassword = 0x40;
    private const byte HasUser = 0x80;

    public static readonly byte[] PingRequest = [0xC0, 0];

    public static readonly byte[] Disconnect = [0xE0, 0];

    /// <param name="client">1..23 letters and digits: every broker takes those.</param>
    /// <param name="keepAlive">Up to 65,535 seconds; the broker lets go of a client that is silent for one and a half times as long.</param>
    /// <param name="user">Null: nobody in particular.</param>
    /// <param name="password">Only with a user.</param>
    public static byte[] ConnectTo(string client, TimeSpan keepAlive, string? user, string? password)
    {
        var flags = CleanSession | (user is null ? 0 : HasUser) | (password is null ? 0 : HasPassword);
        return Packet(
            Connect,
            [
                .. Text("MQTT"), Version311, (byte)flags, .. Number((ushort)keepAlive.TotalSeconds), .. Text(client),
                .. user is null ? [] : Text(user),
                .. password is null ? [] : Text(password),
            ]);
    }

    /// <summary>A message that the broker confirms under the number.</summary>
    /// <param name="repeated">It may have been sent before.</param>
    public static byte[] PublishTo(string topic, ushort number, ReadOnlySpan<byte> payload, bool repeated) =>
        Packet((byte)(Publish | QualityOne | (repeated ? Repeated : 0)), [.. Text(topic), .. Number(number), .. payload]);

    private static byte[] Packet(byte type, byte[] body)
    {
        var length = new List<byte>(4);
        var rest = body.Length;
        do
        {
            var more = rest >= 0x80;
            length.Add((byte)((rest & 0x7F) | (more ? 0x80 : 0)));
            rest >>= 7;
        }
        while (rest > 0);
        return [type, .. length, .. body];
    }

    private static byte[] Text(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return [.. Number(checked((ushort)bytes.Length)), .. bytes];
    }

    private static byte[] Number(ushort number)
    {
        var bytes = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, number);
        return bytes;
    }
}
