import { type Amendable, type Key, recordType, type Table } from '../store';
import { type Question, type QuestionKey, questionRef } from './question';

export interface Questions extends Amendable<QuestionKey, Question> {
  /** Writes a new question; false when it has been asked before. */
  create(question: Question): Promise<boolean>;
  /** Every question ever asked, oldest first. They are few: people ask them. */
  all(): Promise<readonly Question[]>;
}

const PARTITION = 'QUESTIONS';
const itemKey = (key: QuestionKey): Key => ({ pk: PARTITION, sk: questionRef(key) });

const questionItems = recordType<Question>('question');
const itemOf = (question: Question) => questionItems.toItem(itemKey(question), question);

export function tableQuestions(table: Table): Questions {
  return {
    async load(key) {
      const item = await table.get(itemKey(key));
      return item && questionItems.fromItem(item);
    },
    create: (question) => table.create(itemOf(question)),
    replace: (question, version) => table.replace(itemOf(question), version),
    all: async () => (await table.all(PARTITION)).map(questionItems.fromItem),
  };
}
