using System.Threading.Channels;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Recognition.Notices.Mqtt;

namespace Atmosphere.Bot.Tests.Notices;

/// <summary>Workers that share a connection while it breaks.</summary>
public sealed class MqttConnectionTests
{
    [Fact]
    public async Task Who_waits_for_a_turn_to_write_is_told_when_the_connection_is_gone()
    {
        var line = new StuckLine();
        var connection = await MqttConnection.OpenAsync(_ => Task.FromResult<Stream>(line), new MqttOptions(), "test", TimeProvider.System, default);
        var writing = connection.PublishAsync("t", "one"u8.ToArray(), false, default);
        await Eventually.EndsAsync(line.Stuck.Task, "the first message is stuck");
        var waiting = connection.PublishAsync("t", "two"u8.ToArray(), false, default);

        line.End();
        while (connection.IsOpen)
            await Task.Yield();
        await Eventually.EndsAsync(connection.DisposeAsync().AsTask(), "the connection is closed");
        line.LetGo.SetResult();

        await Assert.ThrowsAsync<MqttException>(() => Eventually.EndsAsync(waiting, "the second caller is told"));
        await Assert.ThrowsAsync<MqttException>(() => Eventually.EndsAsync(writing, "the first caller is told"));
        var late = connection.PublishAsync("t", "three"u8.ToArray(), false, default);
        await Assert.ThrowsAsync<MqttException>(() => Eventually.EndsAsync(late, "a late caller is told"));
    }

    /// <summary>Says yes to the client, then takes nothing more, whoever gives up.</summary>
    private sealed class StuckLine : Stream
    {
        private readonly Channel<byte> _answers = Channel.CreateUnbounded<byte>();
        private bool _greeted;

        public StuckLine()
        {
            foreach (var one in ScriptedBroker.Accepted)
                Assert.True(_answers.Writer.TryWrite(one));
        }

        public TaskCompletionSource Stuck { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource LetGo { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public void End() => _answers.Writer.Complete();

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (!await _answers.Reader.WaitToReadAsync(cancellationToken))
                return 0;
            var answer = await _answers.Reader.ReadAsync(cancellationToken);
            buffer.Span[0] = answer;
            return 1;
        }

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (!_greeted)
            {
                _greeted = true;
                return;
            }

            Stuck.TrySetResult();
            await LetGo.Task;
            throw new IOException("The line is dead.");
        }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
