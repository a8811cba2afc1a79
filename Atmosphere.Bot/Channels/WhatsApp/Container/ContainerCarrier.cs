using Atmosphere.Bot.Incoming;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Channels.WhatsApp.Container;

/// <summary>Groups carried by another program, which reports events but cannot be queried.</summary>
internal sealed class ContainerCarrier : IGroupCarrier
{
    public const string ChannelName = "whatsapp-container";

    public string Channel => ChannelName;

    public WayToJoin Way => WayToJoin.ContainerEvents;

    public bool ListsMembers => false;

    public Task<string?> NumberAsync(string id, CancellationToken cancellation) => Task.FromResult(WhatsAppAddress.Read(WhatsAppAddress.Prefix + id));

    public Task<IReadOnlyList<ChatMember>?> MembersAsync(string chat, CancellationToken cancellation) => Task.FromResult<IReadOnlyList<ChatMember>?>(null);

    public Task<byte[]> FetchAsync(IncomingFile file, CancellationToken cancellation) =>
        throw new FileUnavailableException(FileFailure.Missing, "A container posts its files itself.");

    public Task<bool> SayAsync(string chat, string text, CancellationToken cancellation) => Task.FromResult(false);
}
