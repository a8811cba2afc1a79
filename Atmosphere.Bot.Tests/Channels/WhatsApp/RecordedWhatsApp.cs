using System.Collections.Concurrent;
using Atmosphere.Bot.Channels;
using Atmosphere.Bot.Incoming;
using Atmosphere.Bot.Storage;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Outbound;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Bot.Tests.Channels.WhatsApp;

/// <summary>Keeps what the bot answers on WhatsApp instead of sending it, once it is committed.</summary>
internal sealed class RecordedWhatsApp : IChannel
{
    private readonly ConcurrentDictionary<string, IReadOnlyList<Reply>> _written = new();
    private readonly ConcurrentQueue<(string To, string Text)> _said = new();

    public string Name => "whatsapp";

    /// <summary>To whom, and what, in the order of their commits.</summary>
    public IReadOnlyCollection<(string To, string Text)> Said => _said;

    /// <summary>Takes the place of the channel that sends.</summary>
    public void Replace(IServiceCollection services)
    {
        foreach (var real in services.Where(service => service.ServiceType == typeof(IChannel) && IsWhatsApp(service)).ToList())
            services.Remove(real);
        services.AddSingleton<IChannel>(this);
    }

    public Task ShowTypingAsync(ConversationKey conversation, CancellationToken cancellation) => Task.CompletedTask;

    public Task ReplyAsync(Session session, IOutbox outbox, ConversationKey conversation, string turn, IReadOnlyList<Reply> replies, bool awaited)
    {
        _written[turn] = replies;
        return Task.CompletedTask;
    }

    public void Committed(ConversationKey conversation, string turn)
    {
        foreach (var reply in _written[turn])
            _said.Enqueue((conversation.Address, reply.Text));
    }

    public Task<bool> StoreAsync(Session session, ConversationKey conversation, string delivery, Reply reply) => Task.FromResult(true);

    public Task<SendOutcome> SendStoredAsync(ConversationKey conversation, string delivery, Reply reply, CancellationToken cancellation) =>
        throw new NotSupportedException("Nothing is delivered here.");

    /// <summary>The next text that the parent hears.</summary>
    public async Task<string> HearAsync(int number, string to = TwilioWebhook.Parent)
    {
        await Eventually.TrueAsync(() => _said.Count(said => said.To == to) >= number, $"the bot says line {number} on WhatsApp");
        return _said.Where(said => said.To == to).ElementAt(number - 1).Text;
    }

    private static bool IsWhatsApp(ServiceDescriptor service) =>
        service.ImplementationType?.Namespace?.Contains(".WhatsApp", StringComparison.Ordinal) == true
        || service.ImplementationFactory?.Method.ReturnType.Namespace?.Contains(".WhatsApp", StringComparison.Ordinal) == true;
}
