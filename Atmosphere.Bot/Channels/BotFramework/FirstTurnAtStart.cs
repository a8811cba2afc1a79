using System.IdentityModel.Tokens.Jwt;
using Atmosphere.Bot.Channels.Access;
using Atmosphere.Bot.Channels.Replies;
using Atmosphere.Bot.Incoming;
using Microsoft.Bot.Schema;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Channels.BotFramework;

/// <summary>
/// Warms up the SDK at start, so that the first user does not wait for JIT compilation and, with an app id, for signing keys and a token.
/// Nothing is stored and no channel is called.
/// </summary>
internal sealed class FirstTurnAtStart(
    ChannelAdapter adapter,
    TokenGate tokens,
    SignIn signIn,
    InboxBot bot,
    IOptions<BotFrameworkOptions> options,
    IHostApplicationLifetime lifetime,
    ILogger<FirstTurnAtStart> log) : BackgroundService
{
    // No connection to this address is ever opened, with or without an app id.
    private static readonly ChatReference _nowhere = new("http://0.0.0.0/", "emulator", "bot", "user", "first turn", "");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var started = CancellationTokenSource.CreateLinkedTokenSource(lifetime.ApplicationStarted, stoppingToken);
        await Task.Delay(Timeout.Infinite, started.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        try
        {
            if (options.Value.HasApp)
            {
                _ = await signIn.GetTokenAsync(stoppingToken);
                // The token is unsigned: it is refused, after the keys have been read.
                var unsigned = new JwtSecurityTokenHandler().WriteToken(new JwtSecurityToken(options.Value.TokenIssuer, options.Value.AppId));
                await TryAsync(() => tokens.CheckAsync($"Bearer {unsigned}"));
            }

            await TryAsync(() => adapter.ReceiveAsync(Message(), "", bot.OnTurnAsync, stoppingToken));
            await TryAsync(() => adapter.SendAsync(_nowhere, Message(), stoppingToken));
        }
        catch (HttpRequestException error)
        {
            log.LogWarning("{Problem}", error.Message);
        }
        catch (OperationCanceledException)
        {
            // The server is stopping.
        }
    }

    /// <summary>A group message, which the bot ignores.</summary>
    private static Activity Message()
    {
        var activity = ActivityJson.Read(ActivityJson.Write(ReplyActivity.Of(new Reply("", ["help"]), "data:,")));
        activity.ServiceUrl = _nowhere.ServiceUrl;
        activity.DeliveryMode = DeliveryModes.ExpectReplies;
        activity.Conversation = new ConversationAccount(isGroup: true, id: _nowhere.Conversation);
        return activity;
    }

    private static async Task TryAsync(Func<Task> call)
    {
        try
        {
            await call();
        }
        catch (Exception error) when (error is RefusedRequestException or HttpRequestException)
        {
            // Expected.
        }
    }
}
