using Atmosphere.Bot.Channels.Replies;
using Atmosphere.Bot.Incoming;
using Atmosphere.Bot.Storage;
using Atmosphere.Bot.Texts;
using Atmosphere.Recognition.Outbound;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Channels;

/// <summary>Finds the channel on which a parent talks to the bot, and says it there in words.</summary>
internal sealed class Parents(Database database, Languages languages, AnswersFirst answers, IEnumerable<IChannel> channels) : IParents
{
    public async Task<SendOutcome> SendAsync(ParentNotice notice, CancellationToken cancellation)
    {
        var participant = await database.ReadAsync(session => Participants.FindAsync(session, notice.To), cancellation);
        var channel = channels.FirstOrDefault(channel => channel.Name == participant?.Channel);
        if (participant is null || channel is null || (participant.HasStopped && !notice.AskedFor))
            return SendOutcome.Refused;

        var sentences = languages.Of(participant.Language).Sentences;
        var reply = new Reply(
            sentences.Say(notice.Text, notice.Values), [.. notice.Buttons.Select(button => sentences.Say(button, notice.Values))], notice.Picture)
        {
            AskedFor = notice.AskedFor,
        };
        var conversation = new ConversationKey(participant.Channel, participant.Address);
        await answers.WaitAsync(conversation, cancellation);
        var outcome = await database.WriteAsync(
            async session => notice.Mark is { } mark && !await ErasureMark.StandsAsync(session, mark) ? SendOutcome.Outdated
                : await channel.StoreAsync(session, conversation, notice.Delivery.Value, reply) ? SendOutcome.Sent : SendOutcome.Refused,
            cancellation);
        return outcome == SendOutcome.Sent ? await channel.SendStoredAsync(conversation, notice.Delivery.Value, reply, cancellation) : outcome;
    }
}
