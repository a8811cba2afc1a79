using System.Threading.Channels;
using Atmosphere.Recognition.Notices.Mqtt;

namespace Atmosphere.Bot.Tests.Notices;

/// <summary>Workers that share a connection while it breaks.</summary>
public sealed class MqttConnectionTests
{
    private static readonly TimeSpan _soon = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Who_waits_for_a_turn_to_write_is_told_when_the_connection_is_gone()
    {
        var line = new StuckLine();
        var connection = await MqttConnection.OpenAsync(_ => Task.FromResult<Stream>(line), new MqttOptions(), "test", TimeProvider.System, default);
        var writing = connection.PublishAsync("t", "one"u8.ToArray(), false, default);
        await line.Stuck.Task.WaitAsync(_soon);
        var waiting = connection.PublishAsync("t", "two"u8.ToArray(), false, default);

        line.End();
        while (connection.IsOpen)
            await Task.Yield();
        await connection.DisposeAsync().AsTask().WaitAsync(_soon);
        line.LetGo.SetResult();

        await Assert.ThrowsAsync<MqttException>(() => waiting.WaitAsync(_soon));
        await Assert.ThrowsAsync<MqttException>(() => writing.WaitAsync(_soon));
        await Assert.ThrowsAsync<MqttException>(() => connection.PublishAsync("t", "three"u8.ToArray(), false, default).WaitAsync(_soon));
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
