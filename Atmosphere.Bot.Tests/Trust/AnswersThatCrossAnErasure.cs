using Atmosphere.Bot.Conversations;
using Atmosphere.Bot.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Bot.Tests.Trust;

/// <summary>An answer or a notice that was composed before an erasure and is stored after it is composed anew: it names nobody who was erased.</summary>
public sealed class AnswersThatCrossAnErasure
{
    private const string Name = "Quetzalinda";

    [Fact]
    public async Task An_answer_is_given_anew_without_the_name()
    {
        using var late = new LateAnswers();
        await using var chats = await TrustChats.StartAsync(late.Hold);
        var (mother, father) = (await chats.OpenAsync(), await chats.OpenAsync());
        await chats.RegisterAsync(mother, Name, "noa-1.jpg");
        _ = await chats.SayAsync(father, await chats.ShareAsync(mother, Name));
        _ = await chats.SayAsync(father, "yes");
        _ = await mother.HearAsync();
        await chats.QuietAsync();

        late.Wanted = true;
        await father.SayAsync("late", "my children", []);
        await Eventually.TrueAsync(() => late.Composed is not null, "the father's answer is composed");
        Assert.Contains(Name, late.Composed, StringComparison.Ordinal);
        await chats.RemoveAsync(mother, Name);
        Assert.Equal(0, await chats.Server.QueryAsync<long>("SELECT COUNT(*) FROM persons"));
        late.Release();

        string heard;
        do
            heard = (await father.HearAsync()).Text;
        while (!heard.Contains("You have not registered a child yet", StringComparison.Ordinal) && !heard.Contains($"{Name}, in ", StringComparison.Ordinal));
        Assert.DoesNotContain(Name, heard, StringComparison.Ordinal);
        await chats.ErasedAsync();
        Assert.Empty(ByteSearch.Texts(chats.Server.Data, Name));
    }

    /// <summary>Keeps the next list of children back between its composition and its storing.</summary>
    private sealed class LateAnswers : IDisposable
    {
        private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool Wanted { get; set; }

        public string? Composed { get; private set; }

        public void Hold(IServiceCollection services)
        {
            var real = services.Single(service => service.ImplementationType == typeof(MyChildrenConversation));
            services[services.IndexOf(real)] = new ServiceDescriptor(
                typeof(IConversation), provider => new Late(this, ActivatorUtilities.CreateInstance<MyChildrenConversation>(provider)), real.Lifetime);
        }

        public void Release() => _released.TrySetResult();

        public void Dispose() => Release();

        private sealed class Late(LateAnswers late, MyChildrenConversation real) : IConversation
        {
            public string Name => real.Name;

            public bool Begins(Turn turn) => real.Begins(turn);

            public bool Interrupts(Turn turn) => ((IConversation)real).Interrupts(turn);

            public bool IsAskedFor(Turn turn) => ((IConversation)real).IsAskedFor(turn);

            public bool AsksAgain => ((IConversation)real).AsksAgain;

            public async Task AnswerAsync(Turn turn, CancellationToken cancellation)
            {
                await real.AnswerAsync(turn, cancellation);
                if (!late.Wanted || late.Composed is not null)
                    return;
                late.Composed = string.Join('\n', turn.Replies.Select(reply => reply.Text));
                await late._released.Task.WaitAsync(cancellation);
            }
        }
    }
}
