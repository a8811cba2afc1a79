using Atmosphere.Bot.Incoming;

namespace Atmosphere.Bot.Channels.WhatsApp.Waha;

/// <summary>Downloads the files of private chats from a WAHA container.</summary>
internal sealed class WahaFiles(WahaApi api) : IFileSource
{
    public string Channel => WhatsAppAddress.Channel;

    public bool Takes(IncomingFile file) => file.Origin == WahaCarrier.ChannelName;

    public Task<byte[]> FetchAsync(IncomingFile file, CancellationToken cancellation) => api.FetchAsync(file, cancellation);
}
